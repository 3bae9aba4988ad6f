package dev.milvuso.standalone.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** One call of the command line and what came of it. */
public record Run(int exit, String out, String err) {
    public static Run of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int exit = Milvuso.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
        return new Run(exit, out.toString(), err.toString());
    }

    /** Standard output, which must be one JSON document. */
    public JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(out);
    }
}
