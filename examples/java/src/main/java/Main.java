import com.fasterxml.jackson.databind.ObjectMapper;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.File;
import java.util.Map;

/**
 * The command of the example; what a service needs is in Deployments. Temporal is found as its own
 * tools find it: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and so on.
 */
final class Main {
  private static final String USAGE =
      """
      usage: Main start PLAN STARTED_BY [COMMIT]
             Main approve APPLICATION GATE BY [RUN]""";

  public static void main(String[] args) throws Exception {
    ClientConfigProfile profile = ClientConfigProfile.load();
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(profile.toWorkflowServiceStubsOptions());
    Deployments deployments =
        new Deployments(
            WorkflowClient.newInstance(service, profile.toWorkflowClientOptions()));
    boolean isDone = false;
    try {
      isDone = run(deployments, args);
    } catch (IllegalArgumentException | IllegalStateException refused) {
      System.err.println(refused.getMessage());
    } finally {
      service.shutdown();
    }
    System.exit(isDone ? 0 : 1);
  }

  private static boolean run(Deployments deployments, String[] args) throws Exception {
    String command = args.length == 0 ? "" : args[0];
    if (command.equals("start") && args.length >= 3) {
      return deploy(deployments, args[1], args[2], optional(args, 3));
    }
    if (command.equals("approve") && args.length >= 4) {
      deployments.approve(args[1], optional(args, 4), args[2], args[3]);
      return true;
    }
    throw new IllegalArgumentException(USAGE);
  }

  private static String optional(String[] args, int index) {
    return index < args.length ? args[index] : null;
  }

  @SuppressWarnings("unchecked")
  private static boolean deploy(
      Deployments deployments, String planFile, String startedBy, String commit) throws Exception {
    ObjectMapper json = new ObjectMapper();
    Map<String, Object> plan = json.readValue(new File(planFile), Map.class);
    WorkflowStub deployment = deployments.start(plan, startedBy, commit);
    System.err.printf(
        "Started %s as run %s.%n",
        plan.get("deploymentId"), deployment.getExecution().getRunId());
    Map<String, Object> outcome = deployments.outcomeOf(deployment);
    System.out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(outcome));
    return outcome.get("status").equals("succeeded");
  }
}
