package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.Filter;
import dev.milvuso.vector.Output;
import dev.milvuso.vector.filter.FilterParser;
import dev.milvuso.vector.filter.FilterSyntaxException;
import dev.milvuso.vector.filter.FilterText;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What searches and queries have in common. */
public final class RequestJson {
    /** As many as a server may have. */
    static final int MOST_NAMES = 4096;

    private static final String EVERYTHING = "*";

    private RequestJson() {}

    /** @throws JsonMismatch if the member {@code filter} is no filter */
    public static Optional<Filter> filter(JsonInput request) {
        return request.find("filter").map(input -> {
            try {
                return FilterParser.parse(input.text());
            } catch (FilterSyntaxException e) {
                throw input.mismatch(String.valueOf(e.getMessage()).replaceFirst("^filter, ", ""));
            }
        });
    }

    static void write(JsonGenerator out, Optional<Filter> filter) throws IOException {
        if (filter.isPresent()) {
            out.writeStringField("filter", FilterText.of(filter.get()));
        }
    }

    /** Of the member {@code output}: {@code "*"} or an array of names. */
    public static Output output(JsonInput request, Output usual) {
        Optional<JsonInput> output = request.find("output");
        if (output.isEmpty()) {
            return usual;
        }
        if (output.get().node().isTextual()) {
            if (!output.get().text().equals(EVERYTHING)) {
                throw output.get().wrong("\"*\" or an array of names");
            }
            return Output.ALL;
        }
        return new Output.Named(output.get().texts(MOST_NAMES));
    }

    public static void write(JsonGenerator out, Output output) throws IOException {
        if (output instanceof Output.Named named) {
            write(out, "output", named.names());
        } else {
            out.writeStringField("output", EVERYTHING);
        }
    }

    static Set<String> partitions(JsonInput request) {
        return request.find("partitions").map(input -> input.texts(MOST_NAMES)).orElse(Set.of());
    }

    static void write(JsonGenerator out, String name, Collection<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : new TreeSet<>(texts)) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
