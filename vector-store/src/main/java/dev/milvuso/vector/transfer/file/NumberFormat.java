package dev.milvuso.vector.transfer.file;

import java.nio.ByteBuffer;

/** How a file writes a number of a vector. */
enum NumberFormat {
    FLOAT16(2) {
        @Override
        float read(ByteBuffer from, int at) {
            return half(from.getShort(at));
        }
    },
    FLOAT32(4) {
        @Override
        float read(ByteBuffer from, int at) {
            return from.getFloat(at);
        }
    },
    FLOAT64(8) {
        @Override
        float read(ByteBuffer from, int at) {
            return (float) from.getDouble(at);
        }
    },
    UNSIGNED_BYTE(1) {
        @Override
        float read(ByteBuffer from, int at) {
            return Byte.toUnsignedInt(from.get(at));
        }
    };

    private final int bytes;

    NumberFormat(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    abstract float read(ByteBuffer from, int at);

    /** IEEE 754 half precision: a sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float value;
        if (exponent == 0) {
            value = fraction * 0x1p-24f;
        } else if (exponent == 0x1f) {
            value = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            value = Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        }
        return bits < 0 ? -value : value;
    }
}
