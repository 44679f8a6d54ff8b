"""Page frame, forms, tables, charts, problems as pages, translations. No model, no domain word."""
