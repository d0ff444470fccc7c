# run: the product. test: everything, on a fresh machine. See CONTRIBUTING.md.
GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
BENCH   ?= .

# want NAME,PACKAGE,FILE installs Debian's PACKAGE where FILE is missing and that
# is possible. It never fails: the tests say what they miss.
define want
	if ls $(3) >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing $(1) for the tests"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(2); } >/dev/null 2>&1 \
		|| echo "could not install $(1); tests that need it will say so"; \
	else echo "$(1) is not installed; tests that need it will say so"; fi
endef

.PHONY: run build test tools lint conformance eval bench fuzz clean

run: build
	bin/massagefaq serve

build:
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.release=$(VERSION)" -o bin/massagefaq ./cmd/massagefaq

test: tools
	$(GO) test -race -shuffle=on -timeout 10m ./...

# What the tests need beside Go: a browser and a PostgreSQL server. Where they
# are missing and cannot be installed, the tests that want them say so.
tools:
	@$(call want,chromium,chromium,/usr/bin/chromium)
	@$(call want,PostgreSQL,postgresql,/usr/lib/postgresql/*/bin/postgres)

lint:
	@test -z "$$(gofmt -l .)" || { echo "not gofmt-clean:"; gofmt -l .; exit 1; }
	$(GO) vet -tags conformance ./...
	$(GO) tool staticcheck -tags conformance ./...
	$(GO) run ./cmd/massagefaq check

# Independent peers from npm: official Slack and Discord clients, axe-core and
# Lighthouse. The other tests of these packages have run in "make test".
conformance: tools
	@$(call want,npm,nodejs npm,"$$(command -v npm)")
	$(GO) test -tags conformance -run Conformance -timeout 20m ./adapters/...

eval:
	$(GO) run ./cmd/massagefaq eval bot/eval/testdata/questions/*.jsonl

bench:
	$(GO) test -run xxx -bench '$(BENCH)' -benchmem ./...

# Each fuzz target for a little while.
fuzz:
	@for p in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
		echo "$$p $$f"; $(GO) test -run xxx -fuzz "^$$f$$" -fuzztime 20s -fuzzminimizetime 5x $$p || exit 1; done; done

clean:
	rm -rf bin
