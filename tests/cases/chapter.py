"""The chapter and its map (2.0)."""

from helpers.studies.chapter import plots as chapter

PICTURES = {
    "map": (
        chapter.show_map,
        (),
        "The chapter in nine sections, in reading order: 2.1 A first look, 2.2 Tensors, 2.3 Operations, "
        "2.4 The training loop, 2.4.1 Derivatives, 2.4.2 Gradients, 2.4.3 Descent, 2.4.4 Backpropagation, 2.5 From scratch.",
    ),
}
