"""What accounts have of AWS; a running emulator can be told otherwise."""

# AWS's quota for the code of functions and layers, in bytes.
_CODE_STORAGE = 80530636800

_code_storage = {}
_without = set()
_held = {}


def code_storage(account):
    return _code_storage.get(account, _CODE_STORAGE)


def set_code_storage(account, size):
    _code_storage[account] = size


def has_region(account, region):
    return (account, region) not in _without


def disable_region(account, region):
    """As an account is that has never enabled an opt-in region."""
    _without.add((account, region))


def hold_changes(account):
    """From now on creations and updates of functions stay under way."""
    _held.setdefault(account, [])


def let_changes_end(account):
    for begin_to_end in _held.pop(account, ()):
        begin_to_end()


def when_changes_may_end(account, begin_to_end):
    held = _held.get(account)
    if held is None:
        begin_to_end()
    else:
        held.append(begin_to_end)
