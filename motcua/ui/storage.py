"""Static files with their digest in the name, ES module imports included, so that a browser may keep them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage that also rewrites ``import("./x.js")`` to the named-by-digest file."""

    support_js_module_import_aggregation = True
