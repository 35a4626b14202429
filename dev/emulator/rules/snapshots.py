"""The snapshots of published versions (SnapStart)."""

import accounts
from ministack.core.responses import get_account_id
from surround import Rule


def snapshot_when_let(provision, name, ver_record):
    # AWS: a version with SnapStart is Pending until its snapshot is made, which takes minutes, and
    # Failed when it could not be made.
    account = get_account_id()

    def make():
        reason = accounts.why_snapshots_fail(account)
        if reason is None:
            return provision(name, ver_record)
        failed = {"State": "Failed", "StateReason": reason, "StateReasonCode": "FunctionError"}
        ver_record["config"].update(failed)

    accounts.when_snapshots_may_end(account, make)


RULES = (Rule("lambda_svc._snapstart_provision_version_async", snapshot_when_let),)
