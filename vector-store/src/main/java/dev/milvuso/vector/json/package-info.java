/** Schemas, entities, requests and hits as JSON, both ways: what REST and the command line say. */
@NullMarked
package dev.milvuso.vector.json;

import org.jspecify.annotations.NullMarked;
