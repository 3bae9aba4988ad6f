package dev.milvuso.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.milvuso.standalone.bench.Benchmark;
import dev.milvuso.standalone.bench.Parameter;
import dev.milvuso.standalone.bench.Session;
import java.nio.file.Files;
import java.util.List;

/** Measures nothing: it says what it was given, and leaves a file and an open part behind. */
public final class TinyBenchmark implements Benchmark {
    @Override
    public String name() {
        return "tiny";
    }

    @Override
    public String description() {
        return "Says what it was given.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.number("rounds", 3, "how often", 1, 10),
                Parameter.text("word", "TEXT", "", "what the result is to be; \"wrong\" fails, \"none\" is none"));
    }

    @Override
    public List<ObjectNode> measure(Session session) throws Exception {
        Files.writeString(session.directory().resolve("left"), "behind");
        session.opened(() -> session.say("closed, and %s is there", session.directory()));
        session.say("halfway");
        if (session.text("word").equals("none")) {
            throw new IllegalArgumentException("--word is none: must be another");
        }
        ObjectNode row = new ObjectMapper().createObjectNode();
        row.put("name", "tiny")
                .put("rounds", session.number("rounds"))
                .put("word", session.text("word"))
                .put("port", session.config(List.of()).server().port())
                .put("directory", session.directory().toString());
        return List.of(row);
    }

    @Override
    public boolean passes(List<ObjectNode> rows) {
        return !rows.get(0).get("word").textValue().equals("wrong");
    }
}
