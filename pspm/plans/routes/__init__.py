"""Pages of `plans`."""

from pspm.plans.routes import create as create
from pspm.plans.routes import editor as editor
from pspm.plans.routes import history as history
from pspm.plans.routes import items as items
from pspm.plans.routes import members as members
from pspm.plans.routes import plans as plans
from pspm.plans.routes import versions as versions
from pspm.plans.routes.blueprint import bp as bp
