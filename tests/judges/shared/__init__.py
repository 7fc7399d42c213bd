"""What several judges need: cases and forms of sentences, surfaces, walks and digits."""
