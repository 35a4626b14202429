"""Starts a deployment with nothing but Temporal's own SDK, and answers one that waits.

    sluice config show -f deploy.yaml -o json > plan.json
    python start_deployment.py start plan.json --started-by release-bot --commit 4f2e9c1
    python start_deployment.py approve checkout-us-east production/steps/2 --by alice

Temporal is found as its own tools find it: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and so on.
`start` waits for the end. Exit codes are those of `sluice deploy start --watch`, as far as they go.
"""

import argparse
import asyncio
import json
import os
import sys
import uuid
from pathlib import Path

from temporalio.client import Client, WorkflowFailureError, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.envconfig import ClientConfig
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError

EXIT_CODES = {"succeeded": 0, "failed": 4, "rolledBack": 4, "cancelled": 6}
CONFLICT = 3
NOT_ROLLED_BACK = 5
UNREACHABLE = 7


async def connect() -> Client:
    settings = ClientConfig.load_client_connect_config()
    return await Client.connect(**{"target_host": "localhost:7233", **settings})


async def start(client: Client, plan: dict, started_by: str, commit: str | None) -> WorkflowHandle:
    """Starts the one deployment that the application may have.

    The id of the workflow is the application's lock, so Temporal itself refuses a second one.
    """
    plan["deploymentId"] = str(uuid.uuid4())  # A deployment of its own, whatever the plan has been.
    memo = {
        "schemaVersion": 1,
        "deploymentId": plan["deploymentId"],
        "application": plan["application"],
        "startedBy": started_by,
    }
    if commit is not None:
        memo["commit"] = commit
    return await client.start_workflow(
        "sluiceDeployment",
        plan,
        id=f"sluice:{plan['application']}",
        task_queue="sluice",
        id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
        memo=memo,
        static_summary=f"{plan['application']}, started by {started_by}",
    )


async def conflict(client: Client, application: str) -> str:
    """Who is deploying already, from the memo: no worker has to answer."""
    running = await client.get_workflow_handle(f"sluice:{application}").describe()
    memo = await running.memo()
    who = memo.get("startedBy", "somebody")
    return f"{application} is being deployed already: {who} started that at {running.start_time}."


async def outcome_of(handle: WorkflowHandle) -> dict | None:
    """How it ended; None when it was terminated, or its plan is none.

    A deployment that did not succeed fails, with its outcome as the failure's first detail.
    """
    try:
        return await handle.result()
    except WorkflowFailureError as error:
        cause = error.cause
        if isinstance(cause, ApplicationError) and cause.type == "DeploymentFailed":
            return cause.details[0]
        print(f"There is no outcome: {cause}", file=sys.stderr)
        return None


async def approve(client: Client, application: str, gate: str, by: str) -> None:
    """Names the gate, so that an approval that comes late approves nothing else."""
    deployment = client.get_workflow_handle(f"sluice:{application}")
    await deployment.signal("approve", {"gate": gate, "by": by})


def exit_code(outcome: dict | None) -> int:
    if outcome is None or "rollbackFailed" in outcome["counts"]:
        return NOT_ROLLED_BACK
    return EXIT_CODES[outcome["status"]]


async def run_start(client: Client, wanted: argparse.Namespace) -> int:
    plan = json.loads(wanted.plan.read_text())
    try:
        handle = await start(client, plan, wanted.started_by, wanted.commit)
    except WorkflowAlreadyStartedError:
        print(await conflict(client, plan["application"]), file=sys.stderr)
        return CONFLICT
    print(f"Started {plan['deploymentId']}.", file=sys.stderr)
    outcome = await outcome_of(handle)
    if outcome is not None:
        print(json.dumps(outcome, indent=2))
    return exit_code(outcome)


async def run_approve(client: Client, wanted: argparse.Namespace) -> int:
    await approve(client, wanted.application, wanted.gate, wanted.by)
    return 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Deploy with Sluice from Python.")
    commands = parser.add_subparsers(required=True)
    starting = commands.add_parser("start", help="start a deployment, and wait for its end")
    starting.add_argument("plan", type=Path, help="a plan, as JSON")
    starting.add_argument("--started-by", default="a Python service")
    starting.add_argument("--commit")
    starting.set_defaults(run=run_start)
    approving = commands.add_parser("approve", help="approve what waits for it")
    approving.add_argument("application")
    approving.add_argument("gate", help="as the status shows it")
    approving.add_argument("--by", required=True)
    approving.set_defaults(run=run_approve)
    return parser.parse_args()


async def main() -> int:
    wanted = arguments()
    try:
        client = await connect()
    except RuntimeError as error:  # So the SDK says that nobody answers.
        print(f"Temporal cannot be reached: {error}", file=sys.stderr)
        return UNREACHABLE
    return await wanted.run(client, wanted)


if __name__ == "__main__":
    code = asyncio.run(main())
    sys.stdout.flush()
    sys.stderr.flush()
    # The SDK's threads may outlive the event loop, and abort a process whose interpreter is being
    # taken down, which is a known fault of it: leave without that.
    os._exit(code)
