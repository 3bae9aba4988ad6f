package dev.milvuso.config;

/** The configuration cannot be used; the message is one line that names the key, the value and what would be right. */
public final class ConfigException extends RuntimeException {
    public ConfigException(String message) {
        super(message);
    }
}
