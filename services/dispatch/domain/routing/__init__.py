"""Routing: which unit gets a case, in ordered steps, explained."""

from services.dispatch.domain.routing.decision import Decision, Match, Outcome, repeated
from services.dispatch.domain.routing.directory import Area, Directory, Unit
from services.dispatch.domain.routing.router import Router
from services.dispatch.domain.routing.rules import CaseFacts, Conditions, Rule, Scoring, Step

__all__ = [
    "Area",
    "CaseFacts",
    "Conditions",
    "Decision",
    "Directory",
    "Match",
    "Outcome",
    "Router",
    "Rule",
    "Scoring",
    "Step",
    "Unit",
    "repeated",
]
