"""A partner's program with nothing but nameko: makes the calls that it reads as JSON, prints what came back."""

import json
import sys
import warnings

warnings.simplefilter("ignore")

from nameko.exceptions import RemoteError  # noqa: E402
from nameko.standalone.rpc import ClusterRpcProxy  # noqa: E402

given = json.load(sys.stdin)
heard = []
for call in given["calls"]:
    context = {"huying_token": call["token"]} if call.get("token") else {}
    context |= call.get("context", {})
    with ClusterRpcProxy({"AMQP_URI": given["amqp"]}, context_data=context, timeout=call.get("timeout", 20)) as cluster:
        method = getattr(cluster[call["service"]], call["question"])
        try:
            heard.append({"result": method(*call.get("args", []), **call["kwargs"])})
        except RemoteError as error:
            heard.append({"exc_type": error.exc_type, "value": error.value, "shown": str(error)})
        except Exception as error:
            heard.append({"exc_type": type(error).__name__, "value": str(error), "shown": str(error)})
json.dump(heard, sys.stdout)
