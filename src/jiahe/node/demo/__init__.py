"""The demo county: a synthetic crowd as pure values (population), and its recording through the journal (recording)."""
