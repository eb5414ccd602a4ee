"""No two files import each other in a circle, and Prefect is loaded by nothing but what runs flows."""

from __future__ import annotations

import subprocess
import sys
from graphlib import TopologicalSorter

import grimp

ROOMS = ("extractors", "pipeline", "schemas", "search")


def test_no_files_import_each_other_in_a_circle():
    graph = grimp.build_graph(*ROOMS, exclude_type_checking_imports=True)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the files of a circle


def test_the_command_starts_without_prefect():
    code = "import sys, pipeline.cli, pipeline.night, pipeline.store.publish, search.web, extractors.rows"
    done = subprocess.run([sys.executable, "-c", f"{code}; sys.exit('prefect' in sys.modules)"], check=False)
    assert done.returncode == 0
