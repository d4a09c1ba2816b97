"""
`python questionnaire [part of a name]`: asks the AWS at AWS_ENDPOINT_URL, a line of JSON on each question.

QUESTION_PART=1/3 asks every third question only; QUESTION_PATIENCE is how long it waits for anything, in seconds.
"""

import sys

import change_sets
import deletion
import drift
import events
import exports
import intrinsics
import nested
import parameters
import policies
import refusals
import replacement
import rollback
import stacks
import tags
import templates
import there
from asking import ask_all

FAMILIES = (
    refusals,
    stacks,
    change_sets,
    events,
    rollback,
    replacement,
    deletion,
    exports,
    policies,
    parameters,
    intrinsics,
    nested,
    templates,
    tags,
    drift,
    there,
)

ask_all(*sys.argv[1:])
