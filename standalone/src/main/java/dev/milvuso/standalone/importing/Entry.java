package dev.milvuso.standalone.importing;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One body to post.
 *
 * @param source file and line, for messages
 * @param key whose order must be kept: the user of an action, the item itself
 */
record Entry(Kind kind, String source, String key, JsonNode body) {}
