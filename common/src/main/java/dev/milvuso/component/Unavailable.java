package dev.milvuso.component;

import org.jspecify.annotations.Nullable;

/**
 * Something outside this process does not answer, or does not answer in time. Who sees it falls back, retries, or says
 * so with a 503.
 */
public class Unavailable extends RuntimeException {
    private final String dependency;

    /**
     * @param dependency as in {@code GET /health}: {@code kafka}, {@code milvus}, {@code redis} or {@code postgres}
     * @param message one sentence for an operator
     */
    public Unavailable(String dependency, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.dependency = dependency;
    }

    public String dependency() {
        return dependency;
    }
}
