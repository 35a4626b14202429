// The command of the example; what a service needs is in deployments.go.
// Temporal is found as its own tools find it: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and so on.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
)

const usage = `usage: deployments start PLAN STARTED_BY [COMMIT]
       deployments approve APPLICATION GATE BY [RUN]`

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	options, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return err
	}
	c, err := client.NewLazyClient(options)
	if err != nil {
		return err
	}
	defer c.Close()
	switch {
	case len(args) >= 3 && args[0] == "start":
		return deploy(ctx, c, args[1], args[2], optional(args, 3))
	case len(args) >= 4 && args[0] == "approve":
		return Approve(ctx, c, args[1], optional(args, 4), args[2], args[3])
	}
	return errors.New(usage)
}

func optional(args []string, index int) string {
	if index < len(args) {
		return args[index]
	}
	return ""
}

func deploy(ctx context.Context, c client.Client, planFile, startedBy, commit string) error {
	var plan map[string]any
	text, err := os.ReadFile(planFile)
	if err == nil {
		err = json.Unmarshal(text, &plan)
	}
	if err != nil {
		return err
	}
	run, err := Start(ctx, c, plan, startedBy, commit)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "Started %s as run %s.\n", plan["deploymentId"], run.GetRunID())
	outcome, err := OutcomeOf(ctx, run)
	if err != nil {
		return err
	}
	printed := json.NewEncoder(os.Stdout)
	printed.SetIndent("", "  ")
	if err := printed.Encode(outcome); err != nil {
		return err
	}
	if outcome.Status != "succeeded" {
		return fmt.Errorf("%s has not been deployed: %s", plan["application"], outcome.Status)
	}
	return nil
}
