"""What fields of several messages of dispatch may hold."""

from typing import Annotated

from pydantic import Field

from chassis.message import Code
from chassis.regulations import CODE

Version = Annotated[int, Field(ge=0)]
# Where whoever decides must have seen what they decide about.
SeenVersion = Annotated[int, Field(ge=1)]
Method = Annotated[str, Field(pattern=r"^(phone|sms|visit|app)$")]
# The reference of a call record or message: no room for a name.
Proof = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z ._:/#+-]{0,99}$")]
# A code: it is published and shown, and words could tell of whom.
Ground = Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,39}$")]
# A rule of the catalogue and its articles, as in "F16-24 20" or "P18-04, 7, 10(2)": no words either.
_ARTICLE = r"[0-9]{1,3}(\([0-9]{1,2}\))?"
Cited = Annotated[str, Field(pattern=rf"^{CODE}-[0-9]{{2}}[a-z]?,? {_ARTICLE}(, {_ARTICLE}){{0,9}}$")]
# A unit of the city or a code of policies/authorities.yaml.
Competent = Annotated[str, Field(pattern=r"^([0-9a-z][0-9a-z_-]{0,63})?$")]
WorkingDays = Annotated[int, Field(ge=1, le=250)]
CoUnits = Annotated[list[str], Field(max_length=20)]
# Kinds of clocks, in the pack's words.
Clocks = Annotated[list[Ground], Field(min_length=1, max_length=20)]
Participants = Annotated[list[Code], Field(max_length=30)]
PageSize = Annotated[int, Field(ge=0, le=200)]
