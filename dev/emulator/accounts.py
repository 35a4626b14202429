"""What accounts have of AWS; a running emulator can be told otherwise."""

# AWS's quota for the code of functions and layers, in bytes.
_CODE_STORAGE = 80530636800

_code_storage = {}
_without = set()
_held = {}
_provisioning_fails = {}
_held_snapshots = {}
_failing_snapshots = {}


def code_storage(account):
    return _code_storage.get(account, _CODE_STORAGE)


def set_code_storage(account, size):
    _code_storage[account] = size


def has_region(account, region):
    return (account, region) not in _without


def disable_region(account, region):
    """As an account is that has never enabled an opt-in region."""
    _without.add((account, region))


def provisioning_fails(account):
    """The reason why AWS cannot allocate provisioned concurrency, or None."""
    return _provisioning_fails.get(account)


def let_provisioning_fail(account, reason):
    """From now on what is asked for ends as FAILED with this reason; an empty one mends it."""
    _provisioning_fails[account] = reason or None


def hold_changes(account):
    """From now on creations, updates and provisioned concurrency of functions stay under way."""
    _held.setdefault(account, [])


def let_changes_end(account):
    _let_end(_held, account)


def when_changes_may_end(account, begin_to_end):
    _when_let(_held, account, begin_to_end)


def hold_snapshots(account):
    """From now on versions with SnapStart stay Pending."""
    _held_snapshots.setdefault(account, [])


def let_snapshots_end(account, failing_with=None):
    """Those that are held are made or, with a reason, fail."""
    _failing_snapshots[account] = failing_with
    _let_end(_held_snapshots, account)
    _failing_snapshots.pop(account)


def why_snapshots_fail(account):
    return _failing_snapshots.get(account)


def when_snapshots_may_end(account, make):
    _when_let(_held_snapshots, account, make)


def _let_end(held, account):
    for begin_to_end in held.pop(account, ()):
        begin_to_end()


def _when_let(held, account, begin_to_end):
    waiting = held.get(account)
    if waiting is None:
        begin_to_end()
    else:
        waiting.append(begin_to_end)
