package dev.milvuso.trainer.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;

/**
 * Splits one line of comma-separated values as RFC 4180 has it; a quoted field may hold commas and doubled quotes, but
 * no line break, so that one stray quote spoils one line and not the rest of the file.
 */
final class Csv {
    private static final ObjectReader QUOTED = new CsvMapper().readerFor(String[].class);

    private Csv() {}

    /** @throws IllegalArgumentException if a quoted field does not end */
    static String[] fields(String line) {
        String[] fields = line.indexOf('"') < 0 ? line.split(",", -1) : quoted(line);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].strip();
        }
        return fields;
    }

    private static String[] quoted(String line) {
        try {
            return QUOTED.readValue(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a quoted field does not end on its line", e);
        }
    }
}
