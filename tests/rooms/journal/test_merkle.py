"""The tree is that of RFC 6962: published vectors, and pymerkle as a second opinion."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from jiahe.journal import merkle

# The eight inputs and roots of the reference tests of Certificate Transparency (merkletree/testonly).
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
    (5, 8): ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
}  # fmt: skip
CONSISTENCY = {
    (1, 1): [],
    (6, 8): ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
    (2, 5): ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"],
}  # fmt: skip
LEAVES = [merkle.leaf(data) for data in INPUTS]


def root_of(leaves: list[bytes]) -> bytes:
    return merkle.root(merkle.append((), leaves)[0])


def test_the_empty_tree_is_the_hash_of_nothing():
    assert merkle.root(()) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size):
    assert root_of(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_published_inclusion_proofs(index, size):
    proof = merkle.inclusion_proof(merkle.in_memory(LEAVES), index, size)
    assert [node.hex() for node in proof] == INCLUSION[index, size]


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_published_consistency_proofs(old, size):
    proof = merkle.consistency_proof(merkle.in_memory(LEAVES), old, size)
    assert [node.hex() for node in proof] == CONSISTENCY[old, size]


@given(data=st.data(), size=st.integers(1, 70))
def test_proofs_hold_for_what_they_prove_and_for_nothing_else(data, size):
    leaves = [merkle.leaf(bytes([n])) for n in range(size)]
    subtree = merkle.in_memory(leaves)
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    path = merkle.inclusion_proof(subtree, index, size)
    assert merkle.verify_inclusion(leaves[index], index, size, path, subtree(0, size))
    assert not merkle.verify_inclusion(merkle.leaf(b"other"), index, size, path, subtree(0, size))
    assert not merkle.verify_inclusion(leaves[index], index, size, [*path, bytes(32)], subtree(0, size))
    proof = merkle.consistency_proof(subtree, old, size)
    assert merkle.verify_consistency(old, subtree(0, old), size, subtree(0, size), proof)
    assert not merkle.verify_consistency(old, bytes(32), size, subtree(0, size), proof)
    if old < size:
        assert not merkle.verify_consistency(old, subtree(0, old), size, bytes(32), proof)


@given(first=st.integers(0, 40), more=st.integers(0, 40))
def test_appending_in_portions_is_appending_at_once(first, more):
    leaves = [merkle.leaf(bytes([n])) for n in range(first + more)]
    frontier, _ = merkle.append((), leaves[:first])
    frontier, _ = merkle.append(frontier, leaves[first:])
    assert merkle.root(frontier) == root_of(leaves)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 64, 100])
def test_pymerkle_agrees(size):
    oracle = InmemoryTree(algorithm="sha256")
    for n in range(size):
        oracle.append_entry(bytes([n]))
    leaves = [merkle.leaf(bytes([n])) for n in range(size)]
    assert oracle.get_root() == root_of(leaves)
    subtree = merkle.in_memory(leaves)
    for number in {1, (size + 1) // 2, size}:
        theirs = oracle.prove_inclusion(number, size).path  # begins with the leaf itself
        assert theirs == [leaves[number - 1], *merkle.inclusion_proof(subtree, number - 1, size)]


def test_there_is_no_proof_for_what_is_not_there():
    with pytest.raises(ValueError, match="no leaf 8"):
        merkle.inclusion_proof(merkle.in_memory(LEAVES), 8, 8)
    with pytest.raises(ValueError, match="cannot be the beginning"):
        merkle.consistency_proof(merkle.in_memory(LEAVES), 9, 8)
