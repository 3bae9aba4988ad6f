package dev.milvuso.server.collections;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.transfer.Comparison;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a copy of a collection is.
 *
 * @param to the collection's name
 * @param database it is in; none is that of the original
 * @param rows written, and while it is compared those compared
 * @param of rows there were at the beginning
 * @param result of the comparison of both, once it is made
 * @param failure why it ended before it was whole
 */
record CopyState(
        String to,
        Optional<String> database,
        Phase phase,
        long rows,
        long of,
        Optional<Comparison> result,
        Optional<String> failure) {
    /** What is done, or was last. */
    enum Phase {
        COPYING,
        COMPARING,
        DONE,
        FAILED;

        boolean goesOn() {
            return this == COPYING || this == COMPARING;
        }
    }

    static CopyState begun(String to, Optional<String> database) {
        return new CopyState(to, database, Phase.COPYING, 0, 0, Optional.empty(), Optional.empty());
    }

    CopyState at(Phase next, long done, long all) {
        return new CopyState(to, database, next, done, all, result, failure);
    }

    /** Both were the same, or one was written meanwhile. */
    CopyState compared(Comparison comparison) {
        Optional<String> other = comparison.isEqual()
                ? Optional.empty()
                : Optional.of("the copy is not what the collection is: was one of them written meanwhile?");
        return new CopyState(
                to,
                database,
                comparison.isEqual() ? Phase.DONE : Phase.FAILED,
                comparison.rows(),
                of,
                Optional.of(comparison),
                other);
    }

    CopyState failed(String why) {
        return new CopyState(to, database, Phase.FAILED, rows, of, result, Optional.of(why));
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("to", to);
        if (database.isPresent()) {
            out.writeStringField("database", database.get());
        }
        out.writeStringField("state", phase.name().toLowerCase(Locale.ROOT));
        out.writeNumberField("rows", rows);
        out.writeNumberField("of", of);
        if (result.isPresent()) {
            Comparison compared = result.get();
            out.writeBooleanField("equal", compared.isEqual());
            out.writeNumberField("missing", compared.missing());
            out.writeNumberField("extra", compared.extra());
            out.writeNumberField("different", compared.different());
            out.writeStringField("sha256", compared.sha256());
        }
        if (failure.isPresent()) {
            out.writeStringField("failure", failure.get());
        }
        out.writeEndObject();
    }
}
