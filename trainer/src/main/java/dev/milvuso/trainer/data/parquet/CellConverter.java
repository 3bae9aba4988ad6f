package dev.milvuso.trainer.data.parquet;

import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Makes cells of a column's values; one that stands in the column's dictionary is made once. */
final class CellConverter extends PrimitiveConverter {
    private final PrimitiveTypeName stored;
    private final LongFunction<Cell> ofWhole;
    private final DoubleFunction<Cell> ofReal;
    private final Function<Binary, Cell> ofBytes;
    private @Nullable Dictionary dictionary;
    private @Nullable Cell[] known = new Cell[0];
    private @Nullable Cell cell;

    private CellConverter(
            PrimitiveTypeName stored,
            LongFunction<Cell> ofWhole,
            DoubleFunction<Cell> ofReal,
            Function<Binary, Cell> ofBytes) {
        this.stored = stored;
        this.ofWhole = ofWhole;
        this.ofReal = ofReal;
        this.ofBytes = ofBytes;
    }

    /** @param stored INT32 or INT64 */
    static CellConverter ofWhole(PrimitiveTypeName stored, LongFunction<Cell> cells) {
        return new CellConverter(stored, cells, value -> alien(stored), value -> alien(stored));
    }

    /** @param stored FLOAT or DOUBLE */
    static CellConverter ofReal(PrimitiveTypeName stored, DoubleFunction<Cell> cells) {
        return new CellConverter(stored, value -> alien(stored), cells, value -> alien(stored));
    }

    /** @param stored BINARY, FIXED_LEN_BYTE_ARRAY or INT96 */
    static CellConverter ofBytes(PrimitiveTypeName stored, Function<Binary, Cell> cells) {
        return new CellConverter(stored, value -> alien(stored), value -> alien(stored), cells);
    }

    private static Cell alien(PrimitiveTypeName stored) {
        throw new IllegalStateException("a value of a column of " + stored + " is none");
    }

    /** The last value; null if none has come since it was cleared. */
    @Nullable Cell cell() {
        return cell;
    }

    void clear() {
        cell = null;
    }

    @Override
    public boolean hasDictionarySupport() {
        return true;
    }

    @Override
    public void setDictionary(Dictionary values) {
        dictionary = values;
        known = new Cell[values.getMaxId() + 1];
    }

    @Override
    public void addValueFromDictionary(int place) {
        if (known[place] == null && dictionary != null) {
            add(dictionary, place);
            known[place] = cell;
        }
        cell = known[place];
    }

    private void add(Dictionary values, int place) {
        switch (stored) {
            case INT32 -> addInt(values.decodeToInt(place));
            case INT64 -> addLong(values.decodeToLong(place));
            case FLOAT -> addFloat(values.decodeToFloat(place));
            case DOUBLE -> addDouble(values.decodeToDouble(place));
            default -> addBinary(values.decodeToBinary(place));
        }
    }

    @Override
    public void addBinary(Binary value) {
        cell = ofBytes.apply(value);
    }

    @Override
    public void addInt(int value) {
        cell = ofWhole.apply(value);
    }

    @Override
    public void addLong(long value) {
        cell = ofWhole.apply(value);
    }

    @Override
    public void addDouble(double value) {
        cell = ofReal.apply(value);
    }

    /** 4.2f is 4.2, and not the double that lies next to it. */
    @Override
    public void addFloat(float value) {
        cell = ofReal.apply(Double.parseDouble(Float.toString(value)));
    }
}
