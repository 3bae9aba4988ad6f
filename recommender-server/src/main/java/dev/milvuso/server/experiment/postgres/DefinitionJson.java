package dev.milvuso.server.experiment.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.milvuso.server.experiment.Definition;

/** Definitions as the table {@code experiment} keeps them. */
final class DefinitionJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private DefinitionJson() {}

    static String write(Definition definition) {
        try {
            return MAPPER.writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an experiment cannot be written as JSON", e);
        }
    }

    static Definition read(String json) {
        try {
            return MAPPER.readValue(json, Definition.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the table experiment holds a definition that cannot be read", e);
        }
    }
}
