# The same words here, in README, in CI and in CONTRIBUTING.
.PHONY: dev test soak check seed bench static translations lock

dev: ## set up, load sample data, serve on http://127.0.0.1:8000
	scripts/start

test: ## set up and run every check and test
	scripts/test

soak: ## kill the server fifty times under twenty writers, and compare every character
	SOAK_KILLS=50 SOAK_WRITERS=20 .venv/bin/pytest -q tests/drafting/test_faults.py

check: ## format, lint, types, import contracts, templates, front end
	scripts/check

seed: ## load the sample data
	FLASK_APP=wsgi .venv/bin/flask seed

bench: ## measure speed and memory, as ratios to bare servers
	.venv/bin/python -m bench

static: ## build static/ out of frontend/
	cd frontend && npm ci && npm run build

translations: ## bring the catalogues up to date with code and templates
	scripts/translations

lock: ## resolve the dependencies anew
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --group dev pyproject.toml -o requirements-dev.txt
