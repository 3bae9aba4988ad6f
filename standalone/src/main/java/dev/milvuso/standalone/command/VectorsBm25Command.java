package dev.milvuso.standalone.command;

import dev.milvuso.config.ConfigException;
import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.VectorStore;
import dev.milvuso.vector.text.Bm25Field;
import dev.milvuso.vector.text.CollectionTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a sparse vector field of a text field. */
@Command(
        name = "bm25",
        description = {
            "Makes a sparse vector field of a text field.",
            "So search --text finds rows by their words: counts the words of all rows and writes the rows' vectors anew.",
            "Nobody should write meanwhile. Rows that come later get their vectors by these counts. Without --field and",
            "--vector: shows what was made."
        })
final class VectorsBm25Command extends CollectionCommands.OfOne {
    @Option(names = "--field", paramLabel = "NAME", description = "the text field")
    private @Nullable String field;

    @Option(names = "--vector", paramLabel = "NAME", description = "the sparse vector field")
    private @Nullable String vector;

    @Override
    void run(VectorStore store) {
        CollectionSchema schema = schema(store, collection());
        CollectionTexts texts = new CollectionTexts(store);
        String source = field;
        String made = vector;
        if ((source == null) != (made == null)) {
            throw new ConfigException("give both --field and --vector, or none of them");
        }
        show(source == null || made == null ? texts.fitted(schema) : List.of(texts.fit(schema.name(), source, made)));
    }

    private void show(List<Bm25Field> fitted) {
        List<String> lines = new ArrayList<>();
        for (Bm25Field each : fitted) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s is made of %s: %,d rows, %,d different words",
                    each.vector(),
                    each.field(),
                    each.documents(),
                    each.words()));
        }
        print(
                out -> {
                    out.writeStartObject();
                    out.writeArrayFieldStart("bm25");
                    for (Bm25Field each : fitted) {
                        out.writeStartObject();
                        out.writeStringField("vector", each.vector());
                        out.writeStringField("field", each.field());
                        out.writeNumberField("documents", each.documents());
                        out.writeNumberField("tokens", each.tokens());
                        out.writeNumberField("words", each.words());
                        out.writeEndObject();
                    }
                    out.writeEndArray();
                    out.writeEndObject();
                },
                lines);
    }
}
