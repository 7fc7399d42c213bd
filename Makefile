# Two commands do everything: `make lab` opens the course, `make test` checks it.

# Which Python makes .venv; empty: the first one that is new enough.
PYTHON ?=
# The versions to install; empty: the newest that pyproject.toml allows.
CONSTRAINTS ?= constraints.txt
# What else to install for the tests: CI adds repo2docker.
EXTRAS ?= test
LAB_FLAGS ?=
# For make lab: the language of the course, as in zh_CN; empty: English.
COURSE_LANGUAGE ?=
PYTEST_FLAGS ?=
# Two workers, and how they share the work: tests/conftest.py says which tests stay together on one of them.
WORKERS ?= -n 2
together = --dist loadscope --no-loadscope-reorder
# A thread for each of the two workers: with more threads than cores, small matrix products take ten times as long.
THREADS = OPENBLAS_NUM_THREADS=$${OPENBLAS_NUM_THREADS:-1}

# For make load: how many learners at a time, and how long they move sliders.
LEARNERS ?= 1 5 10 20
SECONDS ?= 60
# For make judge: how many random settings of each explorer, and which explorers; empty: all.
SETTINGS ?= 10000
EXPLORERS ?=
# For make seeds: how many seeds, from 0 on, and which notebooks; empty: all.
SEEDS ?= 10
NOTEBOOKS ?=
# For make site: a folder with Pyodide's own files, or cdn, where its packages then stay; empty: a package that pip finds.
PYODIDE ?=

export PYTHON CONSTRAINTS

ifeq ($(OS),Windows_NT)
python = .venv/Scripts/python
else
python = .venv/bin/python
endif
# The English notebooks lie above those of the other languages.
start = notebooks/$(addsuffix /,$(filter-out en,$(COURSE_LANGUAGE)))2.0-start-here.ipynb
pytest = $(THREADS) $(python) -m pytest $(WORKERS) $(PYTEST_FLAGS)
nbval = --nbval --nbval-current-env --nbval-cell-timeout=180

.PHONY: help lab test weekly test-all units notebooks outputs words font figures bench load mutants seeds judge student handout site test-site format clean runtime extras

help:
	@echo "make lab       install the course and open it in JupyterLab (COURSE_LANGUAGE=zh_CN: in Chinese)"
	@echo "make test      run every check that is quick; its end says what it left out"
	@echo "make test-all  run every check"
	@echo "make format    lay out the code and mend what can be mended"
	@echo "make outputs   run all notebooks and save them with their outputs"
	@echo "make words     gather the texts of helpers for translation, and name what is to be translated or looked at again"
	@echo "make font      cut the font of Chinese pictures anew, out of Debian's fonts-noto-cjk"
	@echo "make figures   draw the pictures anew that the tests compare with"
	@echo "make bench     measure speed and memory"
	@echo "make mutants   break helpers on purpose, and see that the tests notice"
	@echo "make judge     hold each sentence of the explorers against the mathematics (SETTINGS=10000)"
	@echo "make seeds     run what the notebooks conclude with ten seeds (SEEDS=10)"
	@echo "make load      measure many learners on this machine (LEARNERS=\"1 5 10 20\" SECONDS=60)"
	@echo "make student   write a learner's copy without answers, and run it"
	@echo "make handout   write all notebooks as pages that need no program"
	@echo "make site      write the course as a static page on which everything runs (PYODIDE=cdn for a small one)"
	@echo "make test-site run every notebook and explorer of that page in Chromium, without a network; some in Firefox, if there is one"
	@echo "make clean     remove .venv and all that can be made again"

runtime:
	@sh .ci/install

extras:
	@sh .ci/install $(EXTRAS)

# JupyterLab refuses to run as root (a container, for example) unless it is told to. Its settings were installed with the
# course: labconfig saves what is typed every 30 seconds, asks nobody about news, which need the network, and saves with a
# notebook what its explorers show: without that, one that is opened again has an error in their places. One thread: the
# course's matrices are small, and threads that share the cores with a browser or a second kernel slow each other down.
lab: runtime
	@OMP_NUM_THREADS=$${OMP_NUM_THREADS:-1} $(python) -m jupyterlab $$(test "$$(id -u)" != 0 || echo --allow-root) --ServerApp.root_dir=. \
		--LabApp.default_url=/lab/tree/$(start) $(LAB_FLAGS)

test: extras
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(pytest) $(together) -m "not weekly and not site" --mpl $(nbval) tests notebooks

# What `make test` leaves out, and no more: the two together are everything.
weekly: extras
	$(pytest) $(together) -m weekly --mpl $(nbval) tests notebooks

test-all: test weekly

# What another Python or other versions of the packages could break; pictures are compared with those of one matplotlib only.
units: extras
	$(pytest) $(together) -m "not weekly and not browser and not site" $(nbval) tests notebooks

# The notebooks alone, as CI repeats the English ones with other numbers of threads and other processors.
notebooks: extras
	$(pytest) --dist loadfile -m "not weekly" $(nbval) notebooks

outputs: extras
	$(python) tests/save_outputs.py

words: extras
	$(python) tests/words.py
	$(python) tests/translated.py

font: extras
	$(python) tests/save_font.py

figures: extras
	$(python) tests/save_figures.py $(PYTEST_FLAGS)

# As `make lab` runs the course: two threads on two cores are now faster, now slower by half than one.
# With the static page, if make site has written it.
bench: extras
	OMP_NUM_THREADS=$${OMP_NUM_THREADS:-1} $(python) tests/bench.py
	test ! -e build/site || OMP_NUM_THREADS=$${OMP_NUM_THREADS:-1} $(python) tests/bench_site.py

mutants: extras
	$(python) tests/mutate.py

judge: extras
	$(THREADS) $(python) tests/judge.py --settings $(SETTINGS) $(EXPLORERS)

seeds: extras
	$(THREADS) $(python) tests/seeds.py --seeds $(SEEDS) $(NOTEBOOKS)

load: extras
	$(python) tests/load.py --learners $(LEARNERS) --seconds $(SECONDS)

# The copy's own helpers run its notebooks; what they find there must stay what is handed out. In other languages they hold the
# same code.
student: extras
	$(python) tests/publish.py student
	PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$(CURDIR)/build/student" $(pytest) --dist loadfile -p no:cacheprovider \
		$(nbval:--nbval=--nbval-lax) build/student/notebooks/*.ipynb

handout: extras
	$(python) tests/publish.py handout

site: extras
	$(python) tests/static_site.py $(PYODIDE)

# Of what make site wrote.
test-site: extras
	$(python) -m pytest $(PYTEST_FLAGS) -m site tests/lite

format: extras
	$(python) -m ruff check --fix .
	$(python) -m ruff format .

clean:
	rm -rf .venv build results .hypothesis .pytest_cache .ruff_cache *.egg-info
	find helpers notebooks tests \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
