"""A function that says hello, and where it runs."""

import os


def lambda_handler(event, context):
    return {"text": "Hello from " + os.environ.get("AWS_REGION", "somewhere")}
