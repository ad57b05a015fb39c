"""Tests of the house itself: its files, documents, texts and deployment."""
