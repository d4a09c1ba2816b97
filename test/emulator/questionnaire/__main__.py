"""
`python questionnaire [part of a name]`: asks the AWS at AWS_ENDPOINT_URL, a line of JSON on each question.

QUESTION_PART=1/3 asks every third question only; QUESTION_PATIENCE is how long it waits for anything, in seconds.
"""

import sys

import bad_resources
import bad_templates
import change_set_details
import change_sets
import conditions
import deletion
import drift
import elsewhere
import events
import exports
import intrinsics
import nested
import parameters
import policies
import refusals
import refused_changes
import replacement
import rollback
import stacks
import tags
import templates
import there
import waiting
from asking import ask_all

FAMILIES = (
    refusals,
    refused_changes,
    bad_templates,
    bad_resources,
    stacks,
    change_sets,
    change_set_details,
    events,
    rollback,
    waiting,
    replacement,
    deletion,
    exports,
    policies,
    parameters,
    intrinsics,
    conditions,
    nested,
    templates,
    tags,
    drift,
    there,
    elsewhere,
)

ask_all(*sys.argv[1:])
