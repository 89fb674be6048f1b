"""Who may reach which view: one line for each, by the roles of `tests.world`.

"Reach" means that the answer is neither a refusal (401, 403, 404) nor a request to sign in. A view that
also depends on a state (a round that is open, a form that is filled) still counts as reached.
"""

from __future__ import annotations

from typing import Any

ROLES = (
    "visitor",
    "person",
    "member",
    "planner",
    "manager",
    "coordinator",
    "drafter",
    "reviewer",
    "curator",
    "admin",
)

EVERYONE = frozenset(ROLES)
SIGNED_IN = EVERYONE - {"visitor"}
ADMIN = frozenset({"admin"})
CURATORS = frozenset({"curator", "admin"})
BODY_MANAGERS = frozenset({"manager", "admin"})
# Of a body: begin plans, write practices.
PLANNERS = frozenset({"planner", "manager"})
# Of the plan, and the managers of its body.
COORDINATORS = frozenset({"manager", "coordinator"})
DRAFTERS = frozenset({"manager", "coordinator", "drafter"})
# Of a draft: all who work on it, planners of its body, administrators.
PLAN_READERS = frozenset({"planner", "manager", "coordinator", "drafter", "reviewer", "admin"})
# Of the contribution.
AUTHOR = frozenset({"reviewer"})
# The person whose address was invited.
INVITED = frozenset({"person"})
BODY_MEMBERS = frozenset({"member", "planner", "manager", "coordinator"})
# The audience of a round; those who work on the plan reply instead.
COMMENTERS = frozenset({"person", "member", "planner", "reviewer", "curator", "admin"})
# Of the file that waits to be imported.
SENDER = frozenset({"planner"})

EXPECTED: dict[str, frozenset[str]] = {
    # accounts
    "accounts.account_activate": EVERYONE,
    "accounts.account_confirm": EVERYONE,
    "accounts.account_create": EVERYONE,
    "accounts.account_enter": EVERYONE,
    "accounts.account_resume": EVERYONE,
    "accounts.account_show": SIGNED_IN,
    "accounts.account_sign_in": EVERYONE,
    "accounts.account_sign_out": EVERYONE,
    "accounts.account_sign_up": EVERYONE,
    "accounts.account_wait": EVERYONE,
    "accounts.body_approve": ADMIN,
    "accounts.body_create": SIGNED_IN,
    "accounts.body_decline": ADMIN,
    "accounts.body_edit": BODY_MANAGERS,
    "accounts.body_join": SIGNED_IN,
    "accounts.body_leave": BODY_MEMBERS,
    "accounts.body_list": EVERYONE,
    "accounts.body_request": SIGNED_IN,
    "accounts.body_request_list": ADMIN,
    "accounts.body_show": EVERYONE,
    "accounts.body_update": BODY_MANAGERS,
    "accounts.email_change": SIGNED_IN,
    "accounts.email_confirm": EVERYONE,
    "accounts.email_replace": EVERYONE,
    "accounts.invitation_accept": INVITED,
    "accounts.invitation_send": BODY_MANAGERS,
    "accounts.invitation_show": EVERYONE,
    "accounts.invitation_withdraw": BODY_MANAGERS,
    "accounts.language_set": EVERYONE,
    "accounts.mail_list": EVERYONE,
    "accounts.mail_show": EVERYONE,
    "accounts.member_approve": BODY_MANAGERS,
    "accounts.member_decline": BODY_MANAGERS,
    "accounts.member_edit": BODY_MANAGERS,
    "accounts.member_list": BODY_MANAGERS,
    "accounts.member_remove": BODY_MANAGERS,
    "accounts.password_change": SIGNED_IN,
    "accounts.password_forgot": EVERYONE,
    "accounts.password_replace": EVERYONE,
    "accounts.password_request": EVERYONE,
    "accounts.password_reset": EVERYONE,
    "accounts.profile_edit": SIGNED_IN,
    # documents
    "documents.job_show": EVERYONE,
    "documents.job_stop": ADMIN,
    "documents.plan_export": EVERYONE,
    "documents.plan_import": PLANNERS,
    "documents.plan_import_discard": SENDER,
    "documents.plan_import_save": SENDER,
    "documents.plan_import_show": SENDER,
    "documents.plan_import_stop": SENDER,
    "documents.plan_import_upload": PLANNERS,
    "documents.plan_pdf": PLAN_READERS,
    "documents.plan_pdf_start": PLAN_READERS,
    "documents.plan_stratml": PLAN_READERS,
    "documents.practice_pdf": EVERYONE,
    "documents.practice_pdf_start": EVERYONE,
    "documents.version_pdf": EVERYONE,
    "documents.version_pdf_start": EVERYONE,
    "documents.version_stratml": EVERYONE,
    # home
    "home.about_show": EVERYONE,
    "home.accessibility_show": EVERYONE,
    "home.health_show": EVERYONE,
    "home.home_show": EVERYONE,
    "home.item_show": EVERYONE,
    "home.privacy_show": EVERYONE,
    "home.robots_show": EVERYONE,
    "home.work_show": SIGNED_IN,
    # plans
    "plans.deleted_item_list": PLAN_READERS,
    "plans.invitation_accept": INVITED,
    "plans.invitation_decline": INVITED,
    "plans.invitation_send": COORDINATORS,
    "plans.invitation_show": INVITED,
    "plans.item_create": DRAFTERS,
    "plans.item_delete": DRAFTERS,
    "plans.item_delete_ask": DRAFTERS,
    "plans.item_edit": DRAFTERS,
    "plans.item_history": PLAN_READERS,
    "plans.item_move": DRAFTERS,
    "plans.item_new": DRAFTERS,
    "plans.item_restore": DRAFTERS,
    "plans.item_save": DRAFTERS,
    "plans.item_show": PLAN_READERS,
    "plans.member_edit": COORDINATORS,
    "plans.member_invite": COORDINATORS,
    "plans.member_list": PLAN_READERS,
    "plans.member_remove": COORDINATORS,
    "plans.member_save": COORDINATORS,
    "plans.own_plan_list": SIGNED_IN,
    "plans.plan_approve": COORDINATORS,
    "plans.plan_create": PLANNERS,
    "plans.plan_delete": COORDINATORS,
    "plans.plan_edit": PLAN_READERS,
    "plans.plan_history": PLAN_READERS,
    "plans.plan_list": EVERYONE,
    "plans.plan_new": PLANNERS,
    "plans.plan_revise": COORDINATORS,
    "plans.plan_settings": COORDINATORS,
    "plans.plan_settings_save": COORDINATORS,
    "plans.plan_show": EVERYONE,
    "plans.revision_restore": DRAFTERS,
    "plans.revision_show": PLAN_READERS,
    "plans.text_preview": DRAFTERS,
    "plans.version_compare": EVERYONE,
    "plans.version_create": COORDINATORS,
    "plans.version_json": EVERYONE,
    "plans.version_list": EVERYONE,
    "plans.version_show": EVERYONE,
    "plans.warning_list": PLAN_READERS,
    # practices
    "practices.attachment_add": PLANNERS,
    "practices.attachment_delete": PLANNERS,
    "practices.attachment_download": EVERYONE,
    "practices.attachment_list": PLANNERS,
    "practices.link_add": PLANNERS,
    "practices.link_delete": PLANNERS,
    "practices.link_list": PLANNERS,
    "practices.objective_practice_add": DRAFTERS,
    "practices.objective_practice_delete": DRAFTERS,
    "practices.objective_practices": EVERYONE,
    "practices.own_practice_list": SIGNED_IN,
    "practices.practice_create": PLANNERS,
    "practices.practice_delete": PLANNERS,
    "practices.practice_delete_ask": PLANNERS,
    "practices.practice_edit": PLANNERS,
    "practices.practice_list": EVERYONE,
    "practices.practice_new": PLANNERS,
    "practices.practice_publish": CURATORS,
    "practices.practice_queue": CURATORS,
    "practices.practice_recall": PLANNERS,
    "practices.practice_return": CURATORS,
    "practices.practice_show": EVERYONE,
    "practices.practice_submit": PLANNERS,
    "practices.practice_update": PLANNERS,
    # reviews
    "reviews.contribution_add": COMMENTERS,
    "reviews.contribution_edit": AUTHOR,
    "reviews.contribution_show": SIGNED_IN,
    "reviews.contribution_update": AUTHOR,
    "reviews.contribution_withdraw": AUTHOR,
    "reviews.decision_edit": COORDINATORS,
    "reviews.decision_list": COORDINATORS,
    "reviews.decision_publish": COORDINATORS,
    "reviews.decision_publish_confirm": COORDINATORS,
    "reviews.decision_update": COORDINATORS,
    "reviews.register_csv": SIGNED_IN,
    "reviews.register_show": SIGNED_IN,
    "reviews.round_close": COORDINATORS,
    "reviews.round_close_confirm": COORDINATORS,
    "reviews.round_create": COORDINATORS,
    "reviews.round_edit": COORDINATORS,
    "reviews.round_list": EVERYONE,
    "reviews.round_new": COORDINATORS,
    "reviews.round_read": SIGNED_IN,
    "reviews.round_start": COORDINATORS,
    "reviews.round_start_confirm": COORDINATORS,
    "reviews.round_update": COORDINATORS,
    "reviews.thread_show": SIGNED_IN,
}

# What a view needs beside the things of the world: parts of the query.
VALUES: dict[str, dict[str, Any]] = {
    "plans.item_new": {"kind": "section"},
    "plans.item_create": {"kind": "section"},
}

# Fields of the form without which a view finds nothing; values are names of the world's `values`.
FIELDS: dict[str, dict[str, str]] = {"plans.item_move": {"item": "item"}}
