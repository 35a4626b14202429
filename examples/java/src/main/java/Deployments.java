import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Starts deployments with nothing but Temporal's own SDK, and answers them. */
final class Deployments {
  private final WorkflowClient client;

  Deployments(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Starts the one deployment that the application may have, with an id of its own.
   *
   * @param commit may be null
   * @throws IllegalStateException when another one runs
   */
  WorkflowStub start(Map<String, Object> plan, String startedBy, String commit) {
    plan.put("deploymentId", UUID.randomUUID().toString());
    Map<String, Object> memo = new HashMap<>();
    memo.put("schemaVersion", 1);
    memo.put("deploymentId", plan.get("deploymentId"));
    memo.put("application", plan.get("application"));
    memo.put("startedBy", startedBy);
    if (commit != null) {
      memo.put("commit", commit);
    }
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId("sluice:" + plan.get("application"))
            .setTaskQueue("sluice")
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setMemo(memo)
            .build();
    WorkflowStub deployment = client.newUntypedWorkflowStub("sluiceDeployment", options);
    try {
      deployment.start(plan);
    } catch (WorkflowExecutionAlreadyStarted running) {
      String run = running.getExecution().getRunId();
      throw new IllegalStateException(
          plan.get("application") + " is being deployed already, by run " + run, running);
    }
    return deployment;
  }

  /**
   * Waits for the end. A deployment that did not succeed has an outcome, too.
   *
   * @throws WorkflowFailedException when it was terminated, or its plan is none
   */
  @SuppressWarnings("unchecked")
  Map<String, Object> outcomeOf(WorkflowStub deployment) {
    try {
      return deployment.getResult(Map.class);
    } catch (WorkflowFailedException failed) {
      if (failed.getCause() instanceof ApplicationFailure cause
          && cause.getType().equals("DeploymentFailed")) {
        return cause.getDetails().get(0, Map.class);
      }
      throw failed;
    }
  }

  /**
   * Answers one gate, so that an approval that comes late approves nothing else.
   *
   * @param run may be null: then it is that which runs
   */
  void approve(String application, String run, String gate, String by) {
    WorkflowTargetOptions deployment =
        WorkflowTargetOptions.newBuilder()
            .setWorkflowId("sluice:" + application)
            .setRunId(run)
            .build();
    client
        .newUntypedWorkflowStub(deployment)
        .signal("approve", Map.of("gate", gate, "by", by));
  }
}
