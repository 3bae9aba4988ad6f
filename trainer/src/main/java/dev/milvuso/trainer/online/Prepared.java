package dev.milvuso.trainer.online;

import dev.milvuso.trainer.registry.Activated;

/** A version that has learned what the log says since its cut, and whose rows are on the log and in the store. */
record Prepared(Activated asked, Lane lane) {}
