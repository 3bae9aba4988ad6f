package dev.milvuso.server.collections;

import dev.milvuso.vector.json.JsonBytes;

/** @param body JSON; nothing with 204 */
public record Reply(int status, byte[] body) {
    static final Reply DONE = new Reply(204, new byte[0]);

    static Reply of(JsonBytes.Content content) {
        return of(200, content);
    }

    static Reply of(int status, JsonBytes.Content content) {
        return new Reply(status, JsonBytes.of(content));
    }
}
