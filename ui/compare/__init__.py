"""The Compare page: its controls, sentences, charts, presets, exports, and data of one's own."""
