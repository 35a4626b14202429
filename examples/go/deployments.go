package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
)

// Outcome is how a deployment ended.
type Outcome struct {
	DeploymentID string           `json:"deploymentId"`
	Status       string           `json:"status"`
	Counts       map[string]int   `json:"counts"`
	Failures     []map[string]any `json:"failures"`
}

// Start starts the one deployment that the application may have, with an id of its own.
func Start(ctx context.Context, c client.Client, plan map[string]any, startedBy, commit string) (client.WorkflowRun, error) {
	plan["deploymentId"] = uuid.NewString()
	memo := map[string]any{
		"schemaVersion": 1,
		"deploymentId":  plan["deploymentId"],
		"application":   plan["application"],
		"startedBy":     startedBy,
	}
	if commit != "" {
		memo["commit"] = commit
	}
	run, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID:                       fmt.Sprintf("sluice:%s", plan["application"]),
		TaskQueue:                "sluice",
		WorkflowIDConflictPolicy: enums.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
		// Without it, the SDK hands back the run that is there already.
		WorkflowExecutionErrorWhenAlreadyStarted: true,
		Memo:                                     memo,
	}, "sluiceDeployment", plan)
	var running *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &running) {
		return nil, fmt.Errorf("%s is being deployed already, by run %s", plan["application"], running.RunId)
	}
	return run, err
}

// OutcomeOf waits for the end. A deployment that did not succeed has an outcome, too; one that was
// terminated, or whose plan is none, has an error.
func OutcomeOf(ctx context.Context, run client.WorkflowRun) (Outcome, error) {
	var outcome Outcome
	err := run.Get(ctx, &outcome)
	var failed *temporal.ApplicationError
	if errors.As(err, &failed) && failed.Type() == "DeploymentFailed" {
		err = failed.Details(&outcome)
	}
	return outcome, err
}

// Approve answers one gate, of one run if that is known, so that an approval that comes late
// approves nothing else.
func Approve(ctx context.Context, c client.Client, application, runID, gate, by string) error {
	answer := map[string]string{"gate": gate, "by": by}
	return c.SignalWorkflow(ctx, "sluice:"+application, runID, "approve", answer)
}
