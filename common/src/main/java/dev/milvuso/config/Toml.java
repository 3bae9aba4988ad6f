package dev.milvuso.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** TOML text to trees. */
final class Toml {
    private static final TomlMapper MAPPER = new TomlMapper();

    private Toml() {}

    static ObjectNode shippedDefaults() {
        return shipped("default.toml");
    }

    /** @param name of a file of config/, which travels with the code */
    static ObjectNode shipped(String name) {
        try (InputStream in = Toml.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new ConfigException(name + " is missing from the class path: build the module common");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ConfigException(name + " cannot be read: " + e.getMessage());
        }
    }

    static ObjectNode read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException("--config " + file + ": no such file");
        } catch (IOException e) {
            throw new ConfigException("--config " + file + " cannot be read: " + e.getMessage());
        }
    }

    private static ObjectNode parse(String name, String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : " line " + at.getLineNr();
            throw new ConfigException(name + where + " is not TOML: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    /** A value given on the command line or in the environment: TOML if it is that, else the text as it stands. */
    static JsonNode value(String text) {
        try {
            JsonNode value = MAPPER.readTree("v = " + text).get("v");
            return value == null || text.contains("\n") ? new TextNode(text) : value;
        } catch (JsonProcessingException e) {
            return new TextNode(text);
        }
    }
}
