package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Kind;

/**
 * A row that has expired.
 *
 * @param row where it was; another id may have the place by now
 */
record Gone(Kind kind, int row, String id) {}
