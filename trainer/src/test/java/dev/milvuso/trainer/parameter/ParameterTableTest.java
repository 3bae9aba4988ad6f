package dev.milvuso.trainer.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.initializer.XavierInitializer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ParameterTableTest {
    private static final int DIMENSION = 4;
    private static final int STATE = 3;
    private static final int MANY = 3 * 1024 + 5;

    private static ParameterTable table(Kind kind) {
        return new ParameterTable(kind, DIMENSION, STATE, new XavierInitializer(9));
    }

    private static ParameterTable filled(int rows) {
        ParameterTable table = table(Kind.ITEM);
        for (int row = 0; row < rows; row++) {
            table.findOrAdd("id" + row);
        }
        return table;
    }

    @Test
    void idsKeepTheirRowsWhileTheTableGrows() {
        ParameterTable table = table(Kind.USER);
        assertThat(table.findOrAdd("first")).isZero();
        table.chunk(0)[table.offset(0)] = 123;
        float[] chunk = table.chunk(0);
        for (int row = 1; row < MANY; row++) {
            assertThat(table.findOrAdd("id" + row)).isEqualTo(row);
        }
        assertThat(table.size()).isEqualTo(MANY);
        assertThat(table.findOrAdd("id2000")).isEqualTo(2000);
        assertThat(table.find("id2000")).isEqualTo(2000);
        assertThat(table.id(2000)).isEqualTo("id2000");
        assertThat(table.find("nobody")).isEqualTo(-1);
        // Growing copies nothing: who writes to a row meanwhile does not write to an old copy.
        assertThat(table.chunk(0)).isSameAs(chunk);
        assertThat(table.vector(0)[0]).isEqualTo(123);
    }

    @Test
    void rowsDoNotOverlap() {
        ParameterTable table = filled(MANY);
        for (int row = 0; row < MANY; row++) {
            for (int i = 0; i < DIMENSION; i++) {
                table.chunk(row)[table.offset(row) + i] = row;
            }
            for (int i = 0; i < STATE; i++) {
                table.stateChunk(row)[table.stateOffset(row) + i] = -row;
            }
        }
        for (int row = 0; row < MANY; row++) {
            assertThat(table.vector(row)).containsOnly(row);
            assertThat(table.stateChunk(row)[table.stateOffset(row)]).isEqualTo(-row);
            assertThat(table.stateChunk(row)[table.stateOffset(row) + STATE - 1])
                    .isEqualTo(-row);
        }
    }

    @Test
    void aNewRowIsInitialisedByItsIdAndItsLastNumberByItsKind() {
        ParameterTable users = table(Kind.USER);
        ParameterTable others = table(Kind.USER);
        others.findOrAdd("somebody else");
        assertThat(users.vector(users.findOrAdd("ann"))).isEqualTo(others.vector(others.findOrAdd("ann")));
        assertThat(users.vector(0)[DIMENSION - 1]).isEqualTo(1);
        ParameterTable items = table(Kind.ITEM);
        assertThat(items.vector(items.findOrAdd("ann"))[DIMENSION - 1]).isZero();
        assertThat(items.vector(0)[0]).isNotZero();
    }

    @Test
    void aVectorIsACopy() {
        ParameterTable table = filled(1);
        table.vector(0)[0] = 99;
        assertThat(table.vector(0)[0]).isNotEqualTo(99);
    }

    private static byte[] written(ParameterTable table) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static void read(ParameterTable into, byte[] bytes) throws IOException {
        into.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void whatIsReadIsWhatWasWrittenBitForBit() throws IOException {
        ParameterTable table = filled(MANY);
        table.chunk(5)[table.offset(5)] = Float.intBitsToFloat(0x7fc00123);
        table.stateChunk(MANY - 1)[table.stateOffset(MANY - 1) + 1] = 77;
        ParameterTable read = table(Kind.ITEM);
        read(read, written(table));

        assertThat(read.size()).isEqualTo(MANY);
        assertThat(read.find("id3000")).isEqualTo(3000);
        assertThat(read.stateChunk(MANY - 1)[read.stateOffset(MANY - 1) + 1]).isEqualTo(77);
        assertThat(written(read)).isEqualTo(written(table));
    }

    @Test
    void anEmptyTableIsReadToo() throws IOException {
        ParameterTable read = table(Kind.ITEM);
        read(read, written(filled(0)));
        assertThat(read.size()).isZero();
    }

    @Test
    void rowsOfAnotherShapeAreRefused() throws IOException {
        byte[] bytes = written(filled(2));
        ParameterTable other = new ParameterTable(Kind.ITEM, DIMENSION, 0, new XavierInitializer(9));
        assertThatThrownBy(() -> read(other, bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("rows of 4 numbers and 3 of optimizer state, the configuration has 4 and 0");
    }
}
