.PHONY: help run test check bench simulate deep worker lock

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

run: ## Serve the site on 127.0.0.1:$PORT (8000), making everything it needs first
	@scripts/run

test: ## The whole suite, from nothing
	@scripts/test

check: ## Style, types, dependencies, templates, migrations, deployment settings
	@scripts/check

bench: ## Speed, as ratios against what the same work costs otherwise
	@scripts/venv dev && .venv/bin/python -m tests.bench

simulate: ## Lists compared in a made-up market: docs/simulation.md and its plot (minutes)
	@scripts/venv dev && OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.simulate

deep: ## The suite with many more, random examples, every operation explored, loads on a real server (long)
	@HYPOTHESIS_PROFILE=deep scripts/test -m ""
	@OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.contract.explore --cases 5000
	@OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.load
	@OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.simulate --quick --seeds 8
	@OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.bench.load --connections 500 --seconds 60

worker: ## A Celery worker with beat inside, for the Redis named by REDIS_URL
	@scripts/venv run && .venv/bin/celery -A smartpick worker --beat --concurrency 2 --loglevel INFO

lock: ## Rewrite constraints.txt after a change of requirements
	@scripts/lock
