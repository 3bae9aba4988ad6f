/** Looks at machine and services. In: a configuration. Out: findings that say what to do. */
@NullMarked
package dev.milvuso.standalone.doctor;

import org.jspecify.annotations.NullMarked;
