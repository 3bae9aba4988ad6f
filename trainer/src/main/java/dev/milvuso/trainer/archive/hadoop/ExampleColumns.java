package dev.milvuso.trainer.archive.hadoop;

import dev.milvuso.trainer.archive.store.LearntFrom;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.jspecify.annotations.Nullable;

/** Puts one row's values together. */
final class ExampleColumns extends RecordMaterializer<LearntFrom> {
    static final List<String> NAMES = List.of("offset", "id", "user_id", "item_id", "label", "weight");

    private final Figure offset = new Figure();
    private final Text id = new Text();
    private final Text user = new Text();
    private final Text item = new Text();
    private final Figure label = new Figure();
    private final Figure weight = new Figure();
    private final List<Converter> converters = List.of(offset, id, user, item, label, weight);

    private final GroupConverter row = new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
            return converters.get(field);
        }

        @Override
        public void start() {
            id.value = null;
            user.value = null;
            item.value = null;
            label.whole = -1;
            weight.real = 0;
        }

        @Override
        public void end() {}
    };

    @Override
    public LearntFrom getCurrentRecord() {
        return new LearntFrom(offset.whole, id.value, user.value, item.value, (int) label.whole, weight.real);
    }

    @Override
    public GroupConverter getRootConverter() {
        return row;
    }

    private static final class Figure extends PrimitiveConverter {
        private long whole;
        private float real;

        @Override
        public void addLong(long value) {
            whole = value;
        }

        @Override
        public void addInt(int value) {
            whole = value;
        }

        @Override
        public void addFloat(float value) {
            real = value;
        }
    }

    /** A text that stands in the column's dictionary is decoded once. */
    private static final class Text extends PrimitiveConverter {
        private @Nullable String value;
        private String[] known = new String[0];

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            known = new String[dictionary.getMaxId() + 1];
            for (int i = 0; i < known.length; i++) {
                known[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int place) {
            value = known[place];
        }

        @Override
        public void addBinary(Binary text) {
            value = text.toStringUsingUTF8();
        }
    }
}
