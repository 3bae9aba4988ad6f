package dev.milvuso.vector.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.milvuso.vector.BackendInfo;
import dev.milvuso.vector.Feature;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which store it is, and what it can do. */
public final class BackendJson {
    private BackendJson() {}

    public static void write(JsonGenerator out, BackendInfo info) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", info.name());
        out.writeStringField("version", info.version());
        out.writeArrayFieldStart("features");
        for (String feature :
                info.features().stream().map(Feature::name).sorted().toList()) {
            out.writeString(feature);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** With those of the features that this version knows. */
    public static BackendInfo read(JsonInput input) {
        List<String> names = input.get("features").elements(Integer.MAX_VALUE).stream()
                .map(JsonInput::text)
                .toList();
        Set<Feature> features = Arrays.stream(Feature.values())
                .filter(feature -> names.contains(feature.name()))
                .collect(Collectors.toUnmodifiableSet());
        return new BackendInfo(input.get("name").text(), input.get("version").text(), features);
    }
}
