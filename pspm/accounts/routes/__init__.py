"""Pages of `accounts`."""

from pspm.accounts.routes import account as account
from pspm.accounts.routes import bodies as bodies
from pspm.accounts.routes import entry as entry
from pspm.accounts.routes import invitations as invitations
from pspm.accounts.routes import members as members
from pspm.accounts.routes import outbox as outbox
from pspm.accounts.routes import passwords as passwords
from pspm.accounts.routes import resume as resume
from pspm.accounts.routes.blueprint import bp as bp
