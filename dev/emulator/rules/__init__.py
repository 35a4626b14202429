"""The rules that make ministack true to AWS, one file for each concern.

A file's rules surround those of the files before it, so what is refused first stands last.
"""

import control
from request_log import recording
from rules import (
    aliases,
    assumed_roles,
    authorization,
    changes_under_way,
    code_storage,
    descriptions,
    dry_runs,
    environments,
    execution_roles,
    function_wide,
    images,
    opt_in_regions,
    packages,
    permissions,
    provisioned_concurrency,
    publishing,
    rates,
    revisions,
    runtimes,
    settings_with_parts,
    snapshots,
    states,
    traffic,
)
from surround import surround

_IN_ORDER = (
    revisions,
    code_storage,
    states,
    images,
    environments,
    publishing,
    snapshots,
    packages,
    dry_runs,
    runtimes,
    execution_roles,
    settings_with_parts,
    descriptions,
    aliases,
    provisioned_concurrency,
    function_wide,
    permissions,
    changes_under_way,
    traffic,
    rates,
    assumed_roles,
    opt_in_regions,
    authorization,
    recording,
    control,
)


def install_all():
    for concern in _IN_ORDER:
        for rule in concern.RULES:
            surround(rule)
