# One verb a task. `make chat` and `make test` do all the set-up on a machine that has Swift.

PREFIX ?= /usr/local
SECONDS_EACH ?= 60
STATIC := $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
BENCHMARKS := .build/static/release
# Optimised in tests and chats too: a lexicon of a language has some ten thousand entries, and a debug
# build takes ten seconds to read seven of them.
SWIFT_BUILD := swift build -c release --explicit-target-dependency-import-check error

.PHONY: chat test lint format bench crash fuzz sanitize schemas terminal pages docs program install uninstall deb \
  package-runs setup build

## A chat session on the shipped bot and its sample orders
chat: build
	@.build/release/odzew chat --order ZAM-2026-1001

## Every check: format, build, tests, the shipped bot's rules and golden replies
test: setup
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Examples Fuzz
	$(SWIFT_BUILD) --build-tests
	.build/release/odzew lint
	.build/release/odzew test --matrix --coverage 100
	Tests/approved-text-is-sealed.sh
	Tests/example-embeds.sh
	swift test -c release --skip-build

## Format and content checks alone
lint: build
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks Examples Fuzz
	.build/release/odzew lint

## Rewrite the Swift files in the project's format
format:
	swift format format --in-place --recursive Package.swift Sources Tests Benchmarks Examples Fuzz

## Messages a second for reading alone, renders a second as a ratio to python-liquid, messages a second
## through the pipe as a ratio to `jq -c .`, and cases a second; all of it linked as it is installed
bench: setup
	for product in odzew ReadingBenchmark FilteringBenchmark DecodingBenchmark RenderingBenchmark StagesBenchmark; do \
	  swift build -c release $(STATIC) --scratch-path .build/static --product $$product || exit 1; done
	$(BENCHMARKS)/ReadingBenchmark
	$(BENCHMARKS)/FilteringBenchmark
	$(BENCHMARKS)/DecodingBenchmark
	Benchmarks/Rendering/rendering.sh $(BENCHMARKS)/RenderingBenchmark
	Benchmarks/Pipe/messages.py 2000 1 | $(BENCHMARKS)/StagesBenchmark
	Benchmarks/Pipe/pipe.py --program $(BENCHMARKS)/odzew
	Benchmarks/Cases/cases.py --program $(BENCHMARKS)/odzew

## The pages of `Odzew` and `Liquid` for engineers, without a warning
docs: setup
	swift package generate-documentation --target Odzew --target Liquid --warnings-as-errors

## The chat behind a pseudo-terminal: keys, pastes, widths, signals; needs Python
terminal: build
	Tests/terminal.py

## Kills the pipe two hundred times over a state file: nothing lost, nothing answered twice
crash: build
	Tests/kill-nine.py 200

## Every place at which strangers' bytes come in, tried by libFuzzer; SECONDS_EACH for each of six
fuzz: setup
	swift build -c release --product Fuzz --scratch-path .build/fuzz --sanitize=fuzzer
	Scripts/fuzz.sh .build/fuzz/release/Fuzz $(SECONDS_EACH)

## The tests under the address sanitizer, and under the thread sanitizer, which takes the standard
## library's Mutex for no lock and may report races that are none
sanitize: setup
	swift test -c release --disable-xctest --scratch-path .build/address --sanitize=address
	swift test -c release --disable-xctest --scratch-path .build/thread --sanitize=thread

## Every YAML file of the bot folder against its JSON Schema, and the schemas against the program; needs
## Python with PyYAML and jsonschema
schemas: build
	Tests/schemas.py
	Tests/schemas-agree.py

## The pages that a person reads, checked in Debian's Chromium, wide and narrow, light and dark; SCREENSHOTS=DIR
## keeps a picture of each
pages: build
	@mkdir -p .build/pages
	.build/release/odzew explain --html .build/pages/explain.html "Gdzie jest moja pczka? Nie doszła, chcę zwrot pieniędzy." >.build/pages/explain.txt
	.build/release/odzew evaluate Tests/Fixtures/messages/second.*.jsonl --html .build/pages/evaluate.html >.build/pages/evaluate.txt
	.build/release/odzew test --html .build/pages/test.html
	@rm -f .build/pages/shop.odzew
	Benchmarks/Pipe/messages.py 600 1 | .build/release/odzew pipe --state .build/pages/shop.odzew >.build/pages/answers.ndjson
	.build/release/odzew report --state .build/pages/shop.odzew --html .build/pages/report.html >.build/pages/report.txt
	Tests/pages-in-a-browser.py $(if $(SCREENSHOTS),--screenshots "$(SCREENSHOTS)") .build/pages/*.html

## The program with Swift's own libraries in it, which macOS has itself: it needs no Swift where it runs
program: setup
	swift build -c release --product odzew $(STATIC) --scratch-path .build/static

## The program, its bot folder, manual and completions below PREFIX; DESTDIR stands before it all
install: program
	Scripts/install.sh .build/static/release/odzew "$(DESTDIR)$(PREFIX)"

## What `make install` has put there
uninstall:
	Scripts/uninstall.sh "$(DESTDIR)$(PREFIX)"

## A Debian package of the same in .build/deb
deb: program
	Scripts/debian-package.sh .build/static/release/odzew .build/deb

## The package on a machine that has nothing else; needs root, mmdebstrap and a mirror of Debian
package-runs: deb
	Tests/package-runs.sh .build/deb/*.deb

build: setup
	@test -d .build/release || echo "The first build takes five to twenty minutes, the next ones seconds."
	@$(SWIFT_BUILD) --product odzew

# The headers of PCRE2 and SQLite are what Swift does not bring.
setup:
	@command -v swift >/dev/null || { \
	  echo "Swift is missing: install Swift 6.2 or later from https://www.swift.org/install" >&2; exit 1; }
	@pkg-config --exists libpcre2-8 sqlite3 2>/dev/null || Scripts/install-libraries.sh
