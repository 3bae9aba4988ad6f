package dev.milvuso.vector;

import dev.milvuso.component.Unavailable;
import java.util.List;

/**
 * The failure of a write, or of a deletion of keys, that takes several calls, after some of them were acknowledged. A
 * failure that is none of these came before anything was acknowledged.
 */
public sealed interface PartialWrite permits PartialWriteException, RefusedWriteException {
    /** What the calls were to do with each row or key. */
    enum Kind {
        STORE("rows", "stored"),
        DELETE("keys", "deleted");

        private final String what;
        private final String done;

        Kind(String what, String done) {
            this.what = what;
            this.done = done;
        }

        /** Such as {@code stored}. */
        public String done() {
            return done;
        }

        String sentence(int notDone, int all, RuntimeException cause) {
            return notDone + " of " + all + " " + what + " were not " + done + ": " + cause.getMessage();
        }
    }

    Kind kind();

    /**
     * Of which the store did not acknowledge that they were stored or deleted: positions in the list of entities, or
     * among the keys, that was given, ascending. After an outage some of them may yet be.
     */
    List<Integer> notDone();

    /**
     * @param notDone as {@link #notDone()}
     * @param all how many were given
     * @param cause why no further call was made
     * @return a {@link RefusedWriteException} if the store refused a call, a {@link PartialWriteException} otherwise
     */
    static RuntimeException of(Kind kind, List<Integer> notDone, int all, RuntimeException cause) {
        if (cause instanceof IllegalArgumentException) {
            return new RefusedWriteException(kind, notDone, all, cause);
        }
        String dependency = cause instanceof Unavailable unavailable ? unavailable.dependency() : "milvus";
        return new PartialWriteException(dependency, kind, notDone, all, cause);
    }
}
