package dev.milvuso.trainer.registry;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A section of the configuration as names and values. */
public final class Settings {
    private Settings() {}

    /** @param section a configuration record; its components in their order, in snake_case */
    public static Map<String, Object> of(Record section) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (RecordComponent component : section.getClass().getRecordComponents()) {
            settings.put(
                    component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                    plain(section, component));
        }
        return settings;
    }

    private static Object plain(Record section, RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(section);
            return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
