"""What may be read and written where: provinces, the clock, a dossier's state."""

import ast
import re

from motcua.eforms import units
from tests.house.sources import ROOT, calls, files, matching_lines, parsed, python_files, where

# Who reads the machine's clock, and why.
_CLOCK_READERS = {
    "motcua/ui/clock.py": "the one place",
    "motcua/gateways/sandbox_box.py": "a twin stands for an outside service, which has a clock of its own",
}
_CLOCK_CALLS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|timezone\.now|time\.time|Now)$|(^|\.)(localdate|localtime)$"
)


def _reads(name: str, node: ast.Call) -> bool:
    """`timezone.localtime(moment)` only converts; without a moment it reads."""
    return bool(_CLOCK_CALLS.search(name)) and not (name.endswith(("localtime", "localdate")) and node.args)


def test_no_province_is_named_in_code():
    """One deployment serves one province; what is special about it is data. Today's and the former provinces count."""
    names = {path.stem for path in (ROOT / "provinces").glob("*.toml")}
    names |= {"bac-ninh", "binh-dinh", "cao-bang", "hung-yen", "kon-tum"}
    plain = "|".join(sorted(name.replace("-", "[-_ ]?") for name in names))
    known = {unit.name for scheme in units.SCHEMES for unit in units.tree(scheme).provinces()}
    spelled = "|".join(sorted(re.sub(r"^(Tỉnh|Thành phố) ", "", name) for name in known))
    assert len(known) >= 63 and "Bình Định" in spelled
    code = python_files() + files(".html", ".js", ".css", ".typ", ".txt", ".toml")
    assert not matching_lines(code, rf"(?i:\b({plain})\b)|\b({spelled})\b")


def test_only_the_faces_clock_reads_the_time():
    found = []
    for path in python_files():
        if where(path) in _CLOCK_READERS:
            continue
        found += [f"{where(path, node.lineno)}: {name}()" for name, node in calls(path) if _reads(name, node)]
    assert not found, "`at` comes in as an argument; faces ask motcua.ui.clock.now()"


def test_no_field_fills_itself_from_the_clock():
    assert not matching_lines(files(".py"), r"auto_now(_add)?\s*=\s*True|default=timezone\.now")


def test_only_faces_ask_the_clock():
    askers = matching_lines(python_files(), r"from motcua\.ui(\.clock)? import .*\b(clock|now)\b|ui\.clock\.now")
    faces = ("motcua/portal/", "motcua/desk/", "motcua/console/", "motcua/api/", "motcua/jobs/", "motcua/config/")
    inside = [line for line in askers if not line.startswith((*faces, "motcua/ui/"))]
    assert not inside


def test_only_the_gate_assigns_a_state():
    found = []
    for path in python_files():
        if where(path).startswith("motcua/dossiers/actions/gate"):
            continue
        tree = parsed(path)
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            found += [
                where(path, node.lineno)
                for target in targets
                if isinstance(target, ast.Attribute)
                and target.attr == "state"
                and ast.unparse(target.value) in {"dossier", "self.dossier", "locked"}
            ]
        if "dossiers" in path.parts:
            found += [
                where(path, node.lineno)
                for name, node in calls(path)
                if name.endswith(".update") and any(keyword.arg == "state" for keyword in node.keywords)
            ]
    assert not found, "gate.perform() is the only door"
