PY := .venv/bin/python

.PHONY: help
help: ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.PHONY: protos
protos: ## Generate the Python code of the contracts
	cd protos && ../.venv/bin/buf lint
	$(PY) -m grpc_tools.protoc -Iprotos --python_out=protos/gen --grpc_python_out=protos/gen --pyi_out=protos/gen \
		$$(cd protos && ls huying/*/v1/*.proto)
	grep -L 'class .*Servicer' $$(find protos/gen -name '*_grpc.py') | xargs -r rm -f
